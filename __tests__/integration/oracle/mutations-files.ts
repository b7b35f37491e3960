import {
  chmod,
  linkTo,
  type Mutation,
  put,
  redefine,
  redefineAll,
  remove,
  rename,
  replace,
  swap,
  touch,
  write,
} from '../../rig/oracle-world.js'
import { file } from '../../rig/oracle-tree.js'
import { AWKWARD_NAMES } from './tree.js'

type Edits = Mutation['edits']

/** One row a mutation: kind, description, edits. */
export function table(rows: readonly (readonly [string, string, ...Edits])[]): Mutation[] {
  return rows.map(([kind, description, ...edits]) => ({ kind, description, edits }))
}

/** What befalls files that are copied by name, by folder and by wildcard. */
export const COPY_MUTATIONS: readonly Mutation[] = table([
  ['content', 'One byte of a file changes', touch('copy/src/main.txt')],
  ['content', 'One byte deep in a folder changes', touch('copy/src/lib/deep/er/most.txt')],
  ['content', 'A hidden file changes', touch('copy/.env'), touch('copy/.hidden/inside')],
  [
    'content',
    'An archive gets other content',
    touch('copy/not-an-archive.tar'),
    rename('copy/archive.tgz', 'copy/archive.tar'),
  ],
  ['mode', 'Files become executable', chmod('copy/src/a1.txt'), chmod('copy/pkg/one/package.json')],
  ['mode', 'A file is executable no longer', chmod('copy/src/run.sh')],
  ['rename', 'A file is renamed beside itself', rename('copy/src/ab.md', 'copy/src/b.md')],
  ['rename', 'A file is renamed in case only', rename('copy/src/main.txt', 'copy/src/Main.txt')],
  ['rename', 'A folder is renamed', rename('copy/src/lib/deep', 'copy/src/lib/deeper')],
  [
    'swap',
    'Files are swapped that one wildcard takes',
    swap('copy/src/a1.txt', 'copy/src/b2.txt'),
    swap('copy/pkg/one/package.json', 'copy/pkg/two/package.json'),
  ],
  ['delete', 'A file of a folder is deleted', remove('copy/src/lib/run.sh')],
  ['delete', 'A file that is named is deleted', remove('copy/src/a1.txt')],
  ['delete', 'The last file of a folder is deleted', remove('copy/src/lib2/util.txt')],
  ['delete', 'The last file deep in folders is deleted', remove('copy/src/lib/deep/er')],
  ['delete', 'The only file of a folder of ignored files is deleted', remove('copy/only/single.log')],
  ['delete', 'Half of what a wildcard takes is deleted', remove('copy/pkg/one')],
  ['add', 'An empty file is added', write('copy/src/lib/empty', '')],
  ['add', 'A folder is added', write('copy/src/fresh/folder/file.txt', 'fresh\n')],
  [
    'add',
    'Wildcards get new matches',
    write('copy/src/c3.md', 'c3\n'),
    write('copy/late.txt', 'late\n'),
    write('copy/pkg/three/package.json', '{}\n'),
    write('copy/coming/x.txt', 'x\n'),
  ],
  ['add', 'An ignored file appears in a new folder', write('copy/src/logs/x.log', 'x\n')],
  [
    'type',
    'A file becomes a link to its like',
    remove('copy/src/main.txt'),
    linkTo('copy/src/main.txt', 'a1.txt'),
  ],
  ['type', 'A file becomes a folder', put('copy/src/a1.txt/inside', file('inside\n'))],
  ['type', 'A folder becomes a file', put('copy/src/lib', file('a file now\n'))],
  ['type', 'A folder becomes a link to another', put('copy/src/lib', { kind: 'link', target: 'lib2' })],
  [
    'submodule',
    'A submodule moves to another commit',
    put('copy/vendor/sub', { kind: 'submodule', commit: 'second' }),
  ],
  ['submodule', 'A submodule becomes a folder', put('copy/vendor/sub/inside.txt', file('first\n'))],
  [
    'not taken',
    'Files change that are ignored, or that hardly anything takes',
    touch('copy/NOTES.log'),
    touch('copy/src/trace.log'),
    touch('copy/unused/thing.txt'),
  ],
  ['not taken', 'The README of the context changes', touch('copy/README.md')],
  ['not taken', 'The README of a folder changes', touch('copy/src/README.md')],
  ['rules', 'A rule is removed', replace('copy/.dockerignore', '**/*.log\n', '')],
  [
    'rules',
    'A comment is added to the rules',
    replace('copy/.dockerignore', '**/.git', '# for git\n**/.git'),
  ],
  ['rules', 'The rules are removed but for .git', write('copy/.dockerignore', '**/.git\n')],
  [
    'Dockerfile',
    'A comment is added to every Dockerfile',
    redefineAll('copy', (text) => `${text}# a comment\n`),
  ],
  [
    'Dockerfile',
    'The target of a COPY changes',
    redefine('one-file', () => ({ dockerfile: 'FROM scratch\nCOPY src/main.txt /other/\n' })),
  ],
  [
    'Dockerfile',
    '--chmod changes',
    redefine('flags', ({ dockerfile }) => ({ dockerfile: dockerfile.replace('0711', '0755') })),
  ],
  [
    'Dockerfile',
    '--exclude changes',
    redefine('exclude-flag', ({ dockerfile }) => ({ dockerfile: dockerfile.replace('*.md', '*.txt') })),
  ],
  [
    'pair',
    'A file is deleted, another renamed to it',
    remove('copy/src/main.txt'),
    rename('copy/src/a1.txt', 'copy/src/main.txt'),
  ],
  [
    'pair',
    'Content moves between two folders',
    rename('copy/src/lib/util.txt', 'copy/src/lib2/other.txt'),
    rename('copy/src/lib2/util.txt', 'copy/src/lib/util.txt'),
  ],
])

export const NAME_MUTATIONS: readonly Mutation[] = table([
  ...AWKWARD_NAMES.map(
    (name) => ['content', `${JSON.stringify(name)} changes`, touch(`names/in/${name}`)] as const,
  ),
  ['rename', 'A name loses its line break', rename('names/in/new\nline.txt', 'names/in/newline.txt')],
  ['delete', 'A name with a dash is deleted', remove('names/in/-dash.txt')],
  ['add', 'A name with quotes and line breaks is added', write('names/in/"\n\'.txt', 'odd\n')],
])
