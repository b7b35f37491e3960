import { AWKWARD_NAMES } from './tree.js'
import type { Service } from '../../rig/oracle-world.js'

/** Makes services whose images hold nothing but what their instructions take from a context. */
export function from(context: string) {
  return (description: string, ...instructions: readonly string[]): Service => {
    return { description, context, dockerfile: ['FROM scratch', ...instructions, ''].join('\n') }
  }
}

const takes = from('copy')
const takesNames = from('names')

/** Files and folders by name, and by wildcard. */
export const COPY_SERVICES: Readonly<Record<string, Service>> = {
  'one-file': takes('COPY takes one file', 'COPY src/main.txt /'),
  'executable-file': takes('COPY takes an executable file', 'COPY src/run.sh /bin/'),
  'several-sources': takes('COPY takes several sources', 'COPY src/a1.txt src/lib ./src/b2.txt /d/'),
  folder: takes("COPY takes a folder's content", 'COPY src /src'),
  'folder-with-slash': takes('A source ends with a slash', 'COPY src/lib/ /lib/'),
  'rooted-source': takes(
    'A source starts with a slash, or with dots',
    'COPY /src/lib2 ../src/a1.txt src/../src/b2.txt /d/',
  ),
  'whole-context': takes('COPY takes the whole context', 'COPY . /all'),
  star: takes('A wildcard in the last part', 'COPY src/*.txt /d/'),
  range: takes('Ranges and question marks in the last part', 'COPY src/[a-b]?.md src/[^a]2.txt /d/'),
  'star-in-the-middle': takes('A wildcard in a middle part', 'COPY pkg/*/package.json /d/'),
  'star-on-folders': takes('A wildcard that matches folders', 'COPY src/lib* /d/'),
  'star-for-hidden': takes('A wildcard matches hidden files, too', 'COPY .* /d/'),
  'star-first': takes('A wildcard in the first part', 'COPY */util.txt */*1.txt /d/'),
  'star-without-match': takes('A wildcard that matches nothing yet', 'COPY late*.txt .late* /d/'),
  'star-below-nothing': takes('A wildcard below a folder that is not there yet', 'COPY coming/*.txt /d/'),
  'two-stars': takes('Two stars are no more than one', 'COPY src/**/core.txt src/**/util.txt /d/'),
  'file-and-folder-slash': takes('A file that is named as a folder', 'COPY src/main.txt/ /d/'),
  hidden: takes('Hidden files and folders', 'COPY .env .hidden /d/'),
  'exclude-flag': takes(
    'COPY leaves out what --exclude names',
    'COPY --exclude=*.md --exclude=lib/deep src /src',
  ),
  'exclude-on-wildcard': takes('--exclude on a wildcard', 'COPY --exclude=b* src/*.txt /d/'),
  'exclude-deep': takes('--exclude with two stars', 'COPY --exclude=**/*.txt --exclude=README.md src /d/'),
  'exclude-exception': takes(
    '--exclude with an exception',
    'COPY --exclude=lib/** --exclude=!lib/deep/core.txt src /d/',
  ),
  flags: takes('Other flags', 'COPY --chmod=0711 --link src/a1.txt /d/', 'COPY --chown=7:8 src/lib2 /e/'),
  'chmod-hides-mode': takes('A mode that --chmod overrides', 'COPY --chmod=0644 src/run.sh /d/'),
  archive: takes('ADD unpacks archives', 'ADD archive.tar archive.tgz not-an-archive.tar /d/'),
  'archive-kept': takes('ADD is told not to unpack', 'ADD --unpack=false archive.tar /d/'),
  'all-ignored': takes('A folder whose files are all ignored', 'COPY only /d/', 'COPY src/a1.txt /'),
  submodule: takes('A submodule in a folder', 'COPY vendor /vendor'),
}

/** Names that are hard to write. */
export const NAME_SERVICES: Readonly<Record<string, Service>> = {
  names: takesNames('Names in JSON', `COPY ${JSON.stringify([...namesForJson(), '/d/'])}`),
  'names-folder': takesNames('A folder of awkward names', 'COPY in /names'),
  'names-wildcard': takesNames(
    'Wildcards on awkward names',
    'COPY ["in/-*", "in/::*", "in/*ine.txt", "/d/"]',
  ),
  'wildcard-in-class': takesNames('A wildcard that stands for itself', 'COPY in/[*].txt in/[[]* /d/'),
}

/** A source is first read as a shell would, then as a wildcard: what is special to either is escaped. */
function namesForJson(): string[] {
  // A backslash in a name can be sent with its folder only: the filter of what to send reads it as an escape.
  const names = AWKWARD_NAMES.filter((name) => !name.includes('\\'))
  const forWildcard = names.map((name) => name.replaceAll(/[[*]/g, '[$&]'))
  return forWildcard.map((name) => `in/${name.replaceAll(/[\\"'$]/g, String.raw`\$&`)}`)
}
