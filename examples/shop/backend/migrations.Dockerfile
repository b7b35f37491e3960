FROM busybox:1.37
COPY migrations/ /migrations/
COPY bin/migrate /migrate
RUN /migrate --check
USER 65534:65534
CMD ["/migrate"]
