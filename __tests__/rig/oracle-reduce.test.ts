import { expect, test } from '@jest/globals'
import { reduce } from './oracle-reduce.js'

test.each([
  {
    description: 'bases become scratch, stages stay',
    dockerfile: 'FROM --platform=$BUILDPLATFORM node:22 AS Base\nFROM base\nFROM other.example/x@sha256:1\n',
    reduced: ['FROM scratch AS Base', 'FROM base', 'FROM scratch'],
  },
  {
    description: 'what is copied keeps its flags, but for those that need an image',
    dockerfile: 'FROM a\nWORKDIR /app\nCOPY --chown=node:node --chmod=755 a b/* ./\nADD ["two words", "x"]\n',
    reduced: ['FROM scratch', 'COPY --chmod=755 a b/* /taken/1/', 'ADD ["two words","/taken/2/"]'],
  },
  {
    description: 'a stage is copied as a whole, an image not at all',
    dockerfile:
      'FROM a AS one\nFROM b\nCOPY --from=ONE /app/out /\nCOPY --from=0 /x /\nCOPY --from=nginx /y /\n',
    reduced: [
      'FROM scratch AS one',
      'FROM scratch',
      'COPY --from=ONE / /taken/1/',
      'COPY --from=0 / /taken/2/',
    ],
  },
  {
    description: 'RUN leaves its bind mounts',
    dockerfile:
      'FROM a\nRUN --mount=type=cache,target=/c --mount=type=bind,source=pb,target=/pb --mount=target=/src make\nRUN ls\n',
    reduced: ['FROM scratch', 'COPY pb /taken/1/', 'COPY / /taken/2/'],
  },
  {
    description: 'comments within continuation lines and heredocs are read as such',
    dockerfile:
      '# syntax=docker/dockerfile:1\n# a comment\nFROM a\nRUN x \\\n  # COPY no /\n  y\nRUN <<EOF\nCOPY no /\nEOF\nCOPY <<E b /d/\ntext\nE\n',
    reduced: ['FROM scratch', 'COPY <<E b /taken/1/', 'text', 'E'],
  },
  {
    description: 'addresses are left out, arguments and variables stay',
    dockerfile:
      'ARG v=1\nFROM a\nARG v\nENV x=$v\nADD https://x.test/y /\nADD $v/z /\nLABEL a=b\nCMD ["x"]\n',
    reduced: ['ARG v=1', 'FROM scratch', 'ARG v', 'ENV x=$v', 'ADD $v/z /taken/1/'],
  },
])('$description', ({ dockerfile, reduced }) => {
  expect(reduce(dockerfile).trimEnd().split('\n').slice(1)).toEqual(reduced)
})
