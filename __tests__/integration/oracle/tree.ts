import { gzipSync } from 'node:zlib'
import { makeTar } from '../../rig/oracle-tar.js'
import { file, link, type Node, type Tree } from '../../rig/oracle-tree.js'

/** Names that a shell, git, JSON or a log would trip over. */
export const AWKWARD_NAMES = [
  ...['é.txt', 'quo"te.txt', 'two words.txt', 'tab\there.txt', 'new\nline.txt', '-dash.txt', "it's.txt"],
  ...['::error::x.txt', '[x].txt', 'back\\slash.txt', '$dollar.txt', '#hash.txt', '*.txt', '日本.txt'],
]

type Folder = Readonly<Record<string, Node>>

const SOURCES: Folder = {
  'README.md': file('# sources\n'),
  'NOTES.log': file('a log\n'),
  '.env': file('KEY=value\n'),
  '.hidden/inside': file('hidden\n'),
  'src/a1.txt': file('a1\n'),
  'src/b2.txt': file('b2\n'),
  'src/ab.md': file('ab\n'),
  'src/main.txt': file('main main main\n'),
  'src/run.sh': file('#!/bin/sh\necho run\n', true),
  'src/README.md': file('# src\n'),
  'src/trace.log': file('trace\n'),
  'src/lib/util.txt': file('util\n'),
  'src/lib/run.sh': file('echo lib\n', true),
  'src/lib/deep/core.txt': file('core\n'),
  'src/lib/deep/er/most.txt': file('most\n'),
  'src/lib2/util.txt': file('util two\n'),
  'pkg/one/package.json': file('{"name":"one"}\n'),
  'pkg/one/index.js': file('1\n'),
  'pkg/two/package.json': file('{"name":"two"}\n'),
  'pkg/two/nested/package.json': file('{"name":"nested"}\n'),
  'only/single.log': file('the only file, and it is ignored\n'),
  'unused/thing.txt': file('nobody takes it\n'),
  'archive.tar': file(makeTar({ 'packed.txt': 'packed\n' })),
  'archive.tgz': file(gzipSync(makeTar({ 'zipped.txt': 'zipped\n' }))),
  'not-an-archive.tar': file('text\n'),
  '.dockerignore': file('**/*.log\n**/.git\n'),
}

const LINKS: Folder = {
  'src/a1.txt': file('a1\n'),
  'src/b2.txt': file('b2\n'),
  'src/main.txt': file('main\n'),
  'src/lib/util.txt': file('util\n'),
  'src/lib/deep/core.txt': file('core\n'),
  'ignored.log': file('log\n'),
  'links/to-file': link('../src/main.txt'),
  'links/to-folder': link('../src/lib'),
  'links/chain': link('chain-2'),
  'links/chain-2': link('chain-3'),
  'links/chain-3': link('../src/b2.txt'),
  'links/dangling': link('nowhere'),
  'links/absolute': link('/src/a1.txt'),
  'links/machine': link('/etc/passwd'),
  'links/outside': link('../../shared/common.txt'),
  'links/past-the-root': link('../../../../src/a1.txt'),
  'links/loop': link('loop'),
  'links/plain.txt': file('beside the links\n'),
  'links/to-ignored': link('../ignored.log'),
  way: link('src'),
  'way-2': link('links/to-folder'),
  '.dockerignore': file('*.log\n'),
}

const WORDS: Folder = {
  'src/a1.txt': file('a1\n'),
  'src/b2.txt': file('b2\n'),
  'src/main.txt': file('main\n'),
  'src/notes.md': file('notes\n'),
  'src/lib/util.txt': file('util\n'),
  'src/lib2/util.txt': file('util two\n'),
  'pkg/b2.txt': file('b2 of pkg\n'),
  'names/$dollar.txt': file('dollar\n'),
  'names/two words.txt': file('two words\n'),
}

const STAGES: Folder = {
  'a.txt': file('a\n'),
  'b.txt': file('b\n'),
  'lost.txt': file('only a stage that is not reached takes it\n'),
  'src/one.txt': file('one\n'),
  'src/two.txt': file('two\n'),
  'src/run.sh': file('#!/bin/busybox sh\n', true),
  'etc/list.txt': file('list\n'),
}

const RULES: Folder = {
  '.dockerignore': file(
    [
      '\uFEFF# a comment',
      '*.tmp',
      '!keep.tmp',
      '/top.txt',
      'trailing.txt  ',
      '',
      '**/cache',
      'only/*',
      '!only/this.txt',
      'vendor',
      '!vendor/own/**',
      '',
    ].join('\n'),
  ),
  'drop.tmp': file('1\n'),
  'keep.tmp': file('2\n'),
  'top.txt': file('3\n'),
  'sub/top.txt': file('4\n'),
  'sub/drop.tmp': file('5\n'),
  'trailing.txt': file('6\n'),
  'cache/a': file('7\n'),
  'sub/cache/b': file('8\n'),
  'only/this.txt': file('9\n'),
  'only/that.txt': file('10\n'),
  'vendor/other/x.txt': file('11\n'),
  'vendor/own/y.txt': file('12\n'),
  '# a comment': file('13\n'),
}

const SHARED: Folder = {
  'common.txt': file('common\n'),
  'README.md': file('# shared\n'),
  'secret.key': file('key\n'),
  'lib/tool.txt': file('tool\n'),
  '.dockerignore': file('*.key\nREADME.md\n'),
}

const ROOT: Folder = {
  'README.md': file('# The repository\n'),
  'docs/guide.md': file('guide\n'),
  'docs/keep.md': file('keep\n'),
  '.gitignore': file('built/\n*.cache\n'),
  '.gitmodules': file('[submodule "copy/vendor/sub"]\n\tpath = copy/vendor/sub\n\turl = ../sub\n'),
  '.dockerignore': file('.git\n**/.git\n*.md\n!README.md\ndocs\n!docs/keep.md\n**/*.log\n'),
}

function at(folder: string, files: Folder): [string, Node][] {
  return Object.entries(files).map(([name, node]) => [`${folder}/${name}`, node])
}

/** A repository that has everything. Each folder is the context of some services, the root of a few. */
export const TREE: Tree = new Map<string, Node>([
  ...at('copy', SOURCES),
  ['copy/vendor/sub', { kind: 'submodule', commit: 'first' }],
  ...AWKWARD_NAMES.map((name) => [`names/in/${name}`, file(`awkward ${name.length}\n`)] as const),
  ...at('links', LINKS),
  ...at('words', WORDS),
  ...at('stages', STAGES),
  ...at('rules', RULES),
  ...at('shared', SHARED),
  ...Object.entries(ROOT),
])
