FROM rust-deps AS build
ARG BIN
WORKDIR /src
# Once more: the base may have been made from an earlier Cargo.toml with the same Cargo.lock.
COPY Cargo.toml Cargo.lock ./
COPY src/lib.rs src/
COPY src/bin/${BIN}.rs src/bin/
# Stands for `cargo build --release --bin $BIN`, for which only the program itself is left to do.
RUN { echo '#!/bin/sh' && sed -n 's/^ *println!(\(".*"\));$/echo \1/p' src/lib.rs "src/bin/$BIN.rs"; } > target/app \
    && chmod 755 target/app

FROM busybox:1.37
COPY --from=build /src/target/dependencies /etc/dependencies
COPY --from=build /src/target/app /app
CMD ["/app"]
