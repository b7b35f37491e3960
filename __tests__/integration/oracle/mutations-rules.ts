import {
  type Edit,
  linkTo,
  type Mutation,
  redefine,
  remove,
  rename,
  replace,
  touch,
  write,
} from '../../rig/oracle-world.js'
import { table } from './mutations-files.js'

const rules = (name: string, text: string): Edit => redefine(name, () => ({ ignoreFile: text }))

export const RULE_MUTATIONS: readonly Mutation[] = table([
  ...['drop.tmp', 'keep.tmp', 'top.txt', 'sub/top.txt', 'trailing.txt', 'cache/a', 'sub/cache/b'].map(
    (name) => ['content', `${name} changes`, touch(`rules/${name}`)] as const,
  ),
  ...['only/this.txt', 'only/that.txt', 'vendor/other/x.txt', 'vendor/own/y.txt', '# a comment'].map(
    (name) => ['content', `${name} changes`, touch(`rules/${name}`)] as const,
  ),
  ['rules', 'A rule is added', replace('rules/.dockerignore', 'only/*', 'only/*\nsub/top.txt')],
  ['rules', 'A rule is removed', replace('rules/.dockerignore', '**/cache\n', '')],
  ['rules', 'Rules are reordered', replace('rules/.dockerignore', '*.tmp\n!keep.tmp', '!keep.tmp\n*.tmp')],
  ['rules', 'A rule is written another way', replace('rules/.dockerignore', '/top.txt', './top.txt/')],
  ['rules', 'A comment becomes a rule', replace('rules/.dockerignore', '# a comment', ' # a comment')],
  [
    'rules',
    'An exception loses its folder',
    replace('rules/.dockerignore', '!vendor/own/**', '!vendor/own/z'),
  ],
  ['rules', 'The ignore file is removed', remove('rules/.dockerignore')],
  [
    'rules',
    'An ignore file beside the Dockerfile appears',
    rules('rules-of-context', 'sub\n'),
    rules('rules-and-file', '*.key\n'),
  ],
  [
    'rules',
    'An ignore file beside the Dockerfile changes',
    rules('rules-order', '*.txt\n!top.txt\n'),
    rules('rules-all', '*\n!top.txt\n'),
  ],
  [
    'rules',
    'An ignore file changes that another one hides',
    rules('rules-empty', '# still empty\n'),
    touch('rules/.dockerignore'),
  ],
  [
    'add',
    'Files are added that rules drop',
    write('rules/new.tmp', 'new\n'),
    write('rules/sub/cache/new', 'new\n'),
  ],
  [
    'add',
    'Files are added that rules leave',
    write('rules/sub/new.txt', 'new\n'),
    write('rules/vendor/own/deep/z.txt', 'z\n'),
  ],
  ['add', 'A folder is added that has only what rules drop', write('rules/empty/cache/x', 'x\n')],
  ['delete', 'The last file that a rule leaves in a folder is deleted', remove('rules/vendor/own/y.txt')],
  ['delete', 'A folder that a rule drops is deleted', remove('rules/cache'), remove('rules/sub/cache')],
  ['rename', 'A file is renamed out of a rule', rename('rules/drop.tmp', 'rules/drop.txt')],
  ['type', 'A folder that a rule drops becomes a link', remove('rules/cache'), linkTo('rules/cache', 'sub')],
  ['type', 'An ignored folder becomes a file', remove('rules/vendor'), write('rules/vendor', 'a file\n')],
  ['not taken', 'The README of the repository changes', touch('README.md')],
  ['not taken', 'A document that the rules drop changes', touch('docs/guide.md')],
  ['content', 'A document that the rules keep changes', touch('docs/keep.md')],
  ['rules', 'The rules of the root change', replace('.dockerignore', '!docs/keep.md', '!docs/guide.md')],
  [
    'Dockerfile',
    'A Dockerfile that is ignored changes',
    redefine('dockerfile-ignored', ({ dockerfile }) => ({ dockerfile: `${dockerfile}COPY sub /sub\n` })),
  ],
])
