import { linkTo, type Mutation, put, remove, write } from '../../rig/oracle-world.js'
import { file } from '../../rig/oracle-tree.js'
import { table } from './mutations-files.js'

/** What git ignores and Docker takes: a commit does not hold it, so only the work tree's fingerprint is judged. */
export const DISK_MUTATIONS: readonly Mutation[] = table([
  [
    'ignored by git',
    'Files that git ignores lie in folders that are copied',
    write('copy/src/x.cache', '1'),
    write('rules/sub/x.cache', '1'),
  ],
  [
    'ignored by git',
    'A folder that git ignores lies in folders that are copied',
    write('copy/src/lib/built/out.txt', '1'),
    write('stages/src/built/out.txt', '1'),
    write('shared/lib/built/out.txt', '1'),
  ],
  [
    'ignored by git',
    'What git ignores is found by a wildcard, or makes a folder',
    write('copy/coming/x.cache', '1'),
    write('copy/pkg/built/package.json', '{}'),
  ],
  [
    'ignored by git',
    'Links and programs that git ignores',
    linkTo('copy/src/l.cache', 'main.txt'),
    put('stages/src/p.cache', file('#!/bin/sh\n', true)),
  ],
  [
    'ignored by git',
    'What git ignores, Docker ignores as well or does not take',
    write('copy/built/x.log', '1'),
    write('copy/only/y.log', '1'),
    write('rules/vendor/built/x', '1'),
  ],
  [
    'ignored by git',
    'A file that git ignores stands where a file was',
    remove('copy/src/lib/util.txt'),
    write('copy/src/lib/util.txt/x.cache', '1'),
  ],
])
