import type { Service } from '../../rig/oracle-world.js'
import { from } from './services-copy.js'

const takes = from('rules')
const all = takes('The whole context', 'COPY . /all')

function withRules(description: string, ...lines: readonly string[]): Service {
  return { ...all, description, ignoreFile: `${lines.join('\n')}\n` }
}

/** Ignore files, and where contexts and Dockerfiles lie. */
export const RULE_SERVICES: Readonly<Record<string, Service>> = {
  'rules-of-context': all,
  'rules-and-file': takes('A file that a rule leaves', 'COPY keep.tmp only/this.txt vendor/own/y.txt /d/'),
  'rules-and-ignored-file': takes('A file that a rule drops', 'COPY drop.tmp /d/'),
  'rules-and-wildcard': takes('A wildcard on what the rules leave', 'COPY *.t* sub/*.t* /d/'),
  'rules-of-dockerfile': withRules('The ignore file beside the Dockerfile wins', '*.txt', '!top.txt'),
  'rules-empty': withRules('An empty ignore file beside the Dockerfile wins, too', ''),
  'rules-order': withRules(
    'The last rule that matches wins',
    '!top.txt',
    '*.txt',
    '!trailing.txt',
    'trailing.*',
  ),
  'rules-stars': withRules('Two stars', '**', '!**/top.txt', '!only/**', 'only/that*'),
  'rules-parent': withRules(
    'What lies in a folder that is dropped is kept',
    'vendor',
    'sub',
    '!vendor/own',
    '!sub/cache/b',
  ),
  'rules-slashes': withRules('Slashes around', '/sub/', './only/that.txt', 'vendor//other', '/'),
  'rules-all': withRules('All is dropped but one', '*', '!keep.tmp'),
  'rules-wildcards': withRules('Wildcards and ranges', '?op.txt', '*/[a-c]*', '!*/cache', '\\# a comment'),
  'rules-drop-ignore-file': withRules(
    'The ignore file and the Dockerfile do not count as such',
    '.dockerignore',
    'sub',
  ),
  'rules-with-exclude': {
    ...takes('Rules and --exclude', 'COPY --exclude=*.txt . /all'),
    ignoreFile: 'vendor\n',
  },
  'rules-in-mount': {
    ...takes('Rules hold for a bind mount'),
    dockerfile:
      'FROM busybox:1.37 AS shell\nRUN --mount=target=/in cp -a /in /out\nFROM scratch\nCOPY --from=shell /out /\n',
  },
  'dockerfile-in-context': {
    ...takes('The Dockerfile lies in what it copies', 'COPY sub /sub'),
    file: 'rules/sub/Dockerfile',
  },
  'dockerfile-ignored': {
    ...takes('The Dockerfile is ignored and yet read', 'COPY only /only'),
    file: 'rules/only/Dockerfile',
  },
  'root-all': {
    ...from('')('The root as context', 'COPY . /all'),
    ignoreFile: '.git\n**/.git\ncopy\ndocker\n.github\nlinks\nnames\n**/*.tmp\n',
  },
  'root-shared': from('')(
    'A file that lies elsewhere in the root context',
    'COPY ./shared/common.txt /d/',
    'COPY stages/src /src',
  ),
  'root-rules': from('')('The root and its ignore file', 'COPY *.md docs /d/'),
  'root-wildcard': from('')('A wildcard over contexts', 'COPY */src/a1.txt */README.md /d/'),
  'root-outside-link': from('')(
    'A link from one folder of the root context to another',
    'COPY links/links/outside /d/',
  ),
  paths: { ...takes('More counts than BuildKit takes', 'COPY sub /sub'), paths: ['docs/**'] },
  ignore: { ...takes('Less counts than BuildKit takes', 'COPY sub only /d/'), ignore: ['rules/sub/top.txt'] },
}
