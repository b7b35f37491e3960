import type { Service } from '../../rig/oracle-world.js'

function staged(description: string, ...lines: readonly string[]): Service {
  return { description, context: 'stages', dockerfile: `${lines.join('\n')}\n` }
}

const SHELL = 'FROM busybox:1.37 AS shell'

/** Stages, what only some of them take, RUN mounts, ONBUILD and named contexts. */
export const STAGE_SERVICES: Readonly<Record<string, Service>> = {
  'copy-from': staged(
    'COPY --from another stage, by name and by number',
    ...['FROM scratch AS base', 'COPY src /kept', 'COPY b.txt /not-kept'],
    ...['FROM scratch', 'COPY --from=base /kept /d', 'COPY --from=0 /kept/one.txt /e/'],
  ),
  'from-stage': staged('FROM a stage', 'FROM scratch AS base', 'COPY a.txt /', 'FROM base', 'COPY b.txt /'),
  unreachable: staged(
    'A stage that is not reached',
    ...['FROM scratch AS lost', 'COPY lost.txt /', 'FROM scratch', 'COPY a.txt /'],
  ),
  target: {
    ...staged(
      'A target in the middle',
      ...['FROM scratch AS wanted', 'COPY a.txt /', 'FROM wanted AS other', 'COPY b.txt /'],
      ...['FROM other', 'COPY src /src'],
    ),
    target: 'wanted',
  },
  'target-any-case': {
    ...staged(
      'Names of stages in any case',
      'FROM scratch as Wanted',
      'COPY a.txt /',
      'FROM scratch',
      'COPY b.txt /',
    ),
    target: 'WANTED',
  },
  'stage-by-argument': staged(
    'An argument names the stage',
    ...[
      'ARG base=one',
      'FROM scratch AS one',
      'COPY a.txt /',
      'FROM scratch AS two',
      'COPY lost.txt /',
      'FROM ${base}',
    ],
  ),
  'copy-from-by-platform': staged(
    'The platform names the stage',
    ...['ARG TARGETARCH', 'FROM scratch AS for-amd64', 'COPY a.txt /', 'FROM scratch AS for-arm64'],
    ...['COPY lost.txt /', 'FROM for-${TARGETARCH}'],
  ),
  onbuild: staged(
    'ONBUILD acts in the stage that starts from it',
    ...['FROM scratch AS base', 'ONBUILD COPY a.txt /onbuild', 'COPY b.txt /', 'FROM base'],
  ),
  'onbuild-unused': staged(
    'ONBUILD does not act in its own stage',
    ...[
      'FROM scratch AS base',
      'ONBUILD COPY lost.txt /onbuild',
      'COPY b.txt /',
      'FROM scratch',
      'COPY --from=base / /',
    ],
  ),
  'onbuild-with-argument': staged(
    'ONBUILD uses the arguments of the stage it acts in',
    ...['FROM scratch AS base', 'ENV name=a', 'ONBUILD COPY $name.txt /onbuild', 'FROM base'],
  ),
  mount: staged(
    'A bind mount of a folder',
    ...[
      SHELL,
      'RUN --mount=type=bind,source=src,target=/in cp -a /in /out',
      'FROM scratch',
      'COPY --from=shell /out /',
    ],
  ),
  'mount-file': staged(
    'Bind mounts of files, the type left out and the options by other names',
    SHELL,
    'ARG name=a',
    'RUN --mount=src=$name.txt,dst=/in/a --mount=type=bind,source=etc/list.txt,destination=/in/b,rw mkdir /out && cp -a /in/. /out',
    ...['FROM scratch', 'COPY --from=shell /out /'],
  ),
  'mount-all': staged(
    'A bind mount of the whole context',
    ...[SHELL, 'RUN --mount=target=/in cp -a /in/src /out', 'FROM scratch', 'COPY --from=shell /out /'],
  ),
  'mount-from-stage': staged(
    'A bind mount from a stage',
    ...[
      'FROM scratch AS files',
      'COPY src /src',
      SHELL,
      'RUN --mount=from=files,source=/src,target=/in cp -a /in /out',
    ],
    ...['FROM scratch', 'COPY --from=shell /out /'],
  ),
  'run-heredoc': staged(
    'RUN with a heredoc that looks like instructions',
    SHELL,
    'RUN <<EOF\nmkdir /out\necho "\nCOPY lost.txt /" >/out/text\nEOF',
    ...['FROM scratch', 'COPY --from=shell /out /', 'COPY a.txt /'],
  ),
  'named-context': {
    ...staged('A named context', 'FROM scratch', 'COPY --from=shared lib common.txt /d/', 'COPY a.txt /'),
    contexts: { shared: 'shared' },
  },
  'named-context-whole': {
    ...staged(
      'A named context as a whole: its own ignore file counts',
      'FROM scratch',
      'COPY --from=shared . /d/',
    ),
    contexts: { shared: 'shared' },
  },
  'named-context-base': {
    ...staged('A named context to start from', 'FROM shared', 'COPY a.txt /'),
    contexts: { shared: 'shared' },
  },
  'named-context-over-stage': {
    ...staged(
      'A named context takes the place of a stage',
      'FROM scratch AS base',
      'COPY lost.txt /',
      'FROM base',
      'COPY a.txt /',
    ),
    contexts: { base: 'shared' },
  },
  'named-context-mount': {
    ...staged(
      'A bind mount from a named context',
      ...[
        SHELL,
        'RUN --mount=from=shared,source=lib,target=/in cp -a /in /out',
        'FROM scratch',
        'COPY --from=shell /out /',
      ],
    ),
    contexts: { shared: 'shared' },
  },
  'named-context-unused': {
    ...staged('A named context that nothing uses', 'FROM scratch', 'COPY a.txt /'),
    contexts: { shared: 'shared' },
  },
}
