import type { Service } from '../../rig/oracle-world.js'
import { from } from './services-copy.js'

const takes = from('links')

/** Links as sources, in the way to a source, and inside of what is taken. */
export const LINK_SERVICES: Readonly<Record<string, Service>> = {
  'link-to-file': takes('A source that is a link to a file', 'COPY links/to-file /d/'),
  'link-to-folder': takes('A source that is a link to a folder', 'COPY links/to-folder /d/'),
  'link-to-folder-slash': takes('A link to a folder, with a slash', 'COPY links/to-folder/ /d/'),
  'link-chain': takes('A source that is a chain of links', 'COPY links/chain /d/'),
  'link-dangling': takes('A source that is a dangling link', 'COPY links/dangling /d/'),
  'link-absolute': takes(
    'A source that is an absolute link: the context is its root',
    'COPY links/absolute /d/',
  ),
  'link-outside': takes('A source that is a link out of the context', 'COPY links/outside /d/'),
  'link-past-the-root': takes('A source whose link climbs past the root', 'COPY links/past-the-root /d/'),
  'link-to-ignored': takes('A source that is a link to an ignored file', 'COPY links/to-ignored /d/'),
  'link-in-the-way': takes('A link in the way to a source', 'COPY way/lib/util.txt /d/'),
  // BuildKit sends what the first one leads to, and not what the second one does.
  'link-in-the-way-twice': takes('A link in the way to two sources', 'COPY way/*.txt way/l*/util.txt /d/'),
  'links-in-the-way': takes('Two links in the way to a source', 'COPY way-2/deep/core.txt /d/'),
  'link-in-the-way-star': takes('A wildcard behind a link', 'COPY way/*.txt /d/'),
  'star-on-link': takes('A wildcard that matches the link in the way', 'COPY wa*/main.txt /d/'),
  'folder-of-links': takes('Links inside of a folder stay links', 'COPY links /links'),
  'star-on-links': takes('A wildcard that matches links', 'COPY links/to-f* links/ch* /d/'),
  'exclude-links': takes('--exclude leaves out links', 'COPY --exclude=to-* --exclude=loop links /d/'),
  'dots-behind-link': takes('Dots behind a link undo the link', 'COPY way-2/../src/lib/util.txt /d/'),
}
