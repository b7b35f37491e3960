import {
  chmod,
  linkTo,
  type Mutation,
  redefine,
  redefineAll,
  remove,
  rename,
  replace,
  type Service,
  swap,
  touch,
  write,
} from '../../rig/oracle-world.js'
import { table } from './mutations-files.js'

const args = (values: Readonly<Record<string, string>>) => (): Partial<Service> => ({ args: values })
const dockerfile =
  (from: string, to: string) =>
  (service: Service): Partial<Service> => {
    if (!service.dockerfile.includes(from)) throw new Error(`the Dockerfile does not hold ${from}`)
    return { dockerfile: service.dockerfile.replace(from, () => to) }
  }

export const EXPAND_MUTATIONS: readonly Mutation[] = table([
  ['content', 'One byte of a1.txt changes', touch('words/src/a1.txt')],
  ['content', 'One byte of b2.txt changes', touch('words/src/b2.txt')],
  ['content', 'One byte of other files changes', touch('words/src/main.txt'), touch('words/pkg/b2.txt')],
  ['content', 'Files of folders change', touch('words/src/lib/util.txt'), touch('words/src/lib2/util.txt')],
  ['content', 'Odd names change', touch('words/names/$dollar.txt'), touch('words/names/two words.txt')],
  ['swap', 'Two files are swapped', swap('words/src/a1.txt', 'words/src/main.txt')],
  ['not taken', 'A file that nearly nothing takes changes', touch('words/src/notes.md')],
  [
    'argument',
    'A build argument changes',
    redefine('arg-configured', args({ name: 'b2' })),
    redefine('arg-global-configured', args({ part: 'lib' })),
  ],
  [
    'argument',
    'A build argument is given its default',
    redefine('arg-configured', args({ name: 'a1' })),
    redefine('arg-default', args({ name: 'a1' })),
  ],
  [
    'argument',
    'A build argument that was not given is given',
    redefine('arg-default', args({ name: 'main' })),
    redefine('arg-of-arg', args({ a: 'pkg/../src' })),
  ],
  [
    'argument',
    'A build argument that nothing declares changes',
    redefine('arg-undeclared', args({ name: '-something' })),
  ],
  ['argument', 'A build argument that ENV hides changes', redefine('env-over-arg', args({ name: 'b2' }))],
  [
    'argument',
    'A build argument becomes empty',
    redefine('default-is-variable', args({ b: '' })),
    redefine('alternate-value', args({ set: '' })),
  ],
  [
    'Dockerfile',
    'A default changes',
    redefine('arg-default', dockerfile('name=a1', 'name=main')),
    redefine('env-source', dockerfile('name=main', 'name=b2')),
  ],
  [
    'Dockerfile',
    'A comment within an instruction changes',
    redefine('continued', dockerfile('# a comment', '# another comment')),
  ],
  [
    'Dockerfile',
    'A comment is put in front',
    redefineAll('words', (text) => (text.startsWith('FROM') ? `# first\n${text}` : text)),
  ],
  [
    'Dockerfile',
    'A heredoc changes',
    redefine('heredoc', dockerfile('COPY src/b2.txt', 'COPY src/a1.txt')),
    redefine('heredoc-expanded', dockerfile('v=1', 'v=2')),
  ],
  [
    'Dockerfile',
    'What is copied changes',
    redefine('odd-case', dockerfile('src/lib', 'src/lib2')),
    redefine('arg-exclude', dockerfile('*.md', '*.txt')),
  ],
])

export const STAGE_MUTATIONS: readonly Mutation[] = table([
  ['content', 'A file changes', touch('stages/a.txt')],
  ['content', 'Another file changes', touch('stages/b.txt')],
  ['content', 'A file of a folder changes', touch('stages/src/one.txt')],
  ['mode', 'A file of a folder changes its mode', chmod('stages/src/run.sh')],
  ['content', 'A file that is mounted changes', touch('stages/etc/list.txt')],
  [
    'add',
    'Files are added to folders',
    write('stages/src/new.txt', 'new\n'),
    write('shared/lib/new.txt', 'new\n'),
  ],
  ['delete', 'A file of a folder is deleted', remove('stages/src/two.txt')],
  [
    'rename',
    'Files of folders are renamed',
    rename('stages/src/two.txt', 'stages/src/three.txt'),
    rename('shared/lib/tool.txt', 'shared/lib/tools.txt'),
  ],
  ['not taken', 'A file of a stage that is not reached changes', touch('stages/lost.txt')],
  ['not taken', 'A file of a stage that is not reached is deleted', remove('stages/lost.txt')],
  [
    'not taken',
    'Files that a named context ignores change',
    touch('shared/secret.key'),
    touch('shared/README.md'),
  ],
  ['content', 'Files of a named context change', touch('shared/common.txt'), touch('shared/lib/tool.txt')],
  ['rules', 'The rules of a named context change', replace('shared/.dockerignore', '*.key', 'lib/tool.txt')],
  [
    'type',
    'Files become links',
    linkTo('stages/src/two.txt', 'one.txt'),
    linkTo('shared/common.txt', 'lib/tool.txt'),
  ],
  [
    'argument',
    'An argument names another stage',
    redefine('stage-by-argument', args({ base: 'two' })),
    redefine('mount-file', args({ name: 'b' })),
  ],
  [
    'Dockerfile',
    'A stage that is not reached changes',
    redefine('unreachable', dockerfile('COPY lost.txt /', 'COPY lost.txt /elsewhere')),
  ],
  ['Dockerfile', 'The target changes', redefine('target', () => ({ target: 'other' }))],
  [
    'Dockerfile',
    'ONBUILD changes',
    redefine('onbuild', dockerfile('/onbuild', '/onbuild-2')),
    redefine('onbuild-unused', dockerfile('/onbuild', '/onbuild-2')),
  ],
  [
    'Dockerfile',
    'A named context leads elsewhere',
    redefine('named-context', () => ({ contexts: { shared: 'copy/src' } })),
    redefine('named-context-mount', () => ({ contexts: { shared: 'stages' } })),
  ],
  [
    'Dockerfile',
    'RUN changes',
    redefine('run-heredoc', dockerfile('COPY lost.txt', 'COPY a.txt')),
    redefine('mount', dockerfile('cp -a', 'cp -aL')),
  ],
])
