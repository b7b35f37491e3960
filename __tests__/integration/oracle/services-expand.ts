import type { Service } from '../../rig/oracle-world.js'
import { from } from './services-copy.js'

const takes = from('words')

function withArgs(service: Service, args: Readonly<Record<string, string>>): Service {
  return { ...service, args }
}

/** Sources that only arguments and variables name, and the ways to write an instruction. */
export const EXPAND_SERVICES: Readonly<Record<string, Service>> = {
  'arg-default': takes('The default of an ARG names the source', 'ARG name=a1', 'COPY src/$name.txt /d/'),
  'arg-configured': withArgs(
    takes('A configured build argument names the source', 'ARG name=a1', 'COPY src/${name}.txt /d/'),
    { name: 'main' },
  ),
  'arg-undeclared': withArgs(takes('A build argument that no ARG declares', 'COPY src/a1$name.txt /d/'), {
    name: '-nothing',
  }),
  'arg-global': {
    ...takes('An ARG before FROM counts where it is declared again'),
    dockerfile:
      'ARG part=lib\nARG other=src\nFROM scratch\nARG part\nCOPY src/${part} /d/\nCOPY ${other:-pkg} /e/\n',
  },
  'arg-global-configured': {
    ...takes('A configured value of an ARG before FROM'),
    dockerfile: 'ARG part=lib\nFROM scratch\nARG part\nCOPY src/${part} /d/\n',
    args: { part: 'lib2' },
  },
  'arg-of-arg': takes(
    'Defaults use earlier arguments',
    'ARG a=src',
    'ARG b=$a/lib',
    'COPY ${b}/util.txt /d/',
  ),
  'arg-after': takes('An ARG after the COPY does not count for it', 'COPY src/a1$late.txt /d/', 'ARG late=x'),
  'env-source': takes('ENV names the source', 'ENV dir=src name=main', 'COPY $dir/$name.txt /d/'),
  'env-over-arg': withArgs(
    takes('ENV wins over ARG', 'ARG name=a1', 'ENV name=b2', 'COPY src/$name.txt /d/'),
    { name: 'main' },
  ),
  'env-same-instruction': takes(
    'ENV does not see its own instruction',
    'ENV dir=src',
    'ENV dir=pkg sub=$dir',
    'COPY $sub/a1.txt /d/',
  ),
  'env-inherited': {
    ...takes('ENV and ARG of the stage below count'),
    dockerfile: 'FROM scratch AS base\nENV dir=src\nARG kept=a1\nFROM base\nCOPY $dir/${kept:-b2}.txt /d/\n',
  },
  'workdir-target': takes(
    'WORKDIR and the target do not count as sources',
    'WORKDIR /src',
    'COPY src/a1.txt ./lib/',
  ),
  'default-value': takes('`:-` and `-`', 'ARG empty=', 'COPY ${a:-src}/${empty:-a1}${empty-none}.txt /d/'),
  'alternate-value': takes(
    '`:+` and `+`',
    'ARG set=x',
    'ARG empty=',
    'COPY src/${set:+a1}${empty:+b2}${none+z}.txt /d/',
  ),
  'required-value': takes('`:?`', 'ARG name=a1', 'COPY src/${name:?missing}.txt /d/'),
  'suffix-cut': takes('`%` and `%%`', 'ARG name=a1.txt.gz', 'COPY src/${name%.gz} src/${name%%.*}.txt /d/'),
  'prefix-cut': takes(
    '`#` and `##`',
    'ARG name=x/y/b2.txt',
    'COPY src/${name##*/} ${name#x/y/b2.txt}src/lib /d/',
  ),
  replaced: takes(
    '`/` and `//`',
    'ARG name=b2b',
    'COPY src/${name/b/}b.txt* src/${name/2b/2}.txt src/a${name//b/1}*.txt /d/',
  ),
  'default-is-variable': takes(
    'A variable within a default',
    'ARG b=a1',
    'COPY src/${a:-$b}.txt src/${a:-${b}}.txt /d/',
  ),
  'escaped-dollar': takes('An escaped dollar sign is text', String.raw`COPY names/\$dollar.txt /d/`),
  quoted: takes('Quotes around a part of a source', `COPY src/"a1".txt 'src'/b2.txt /d/`),
  'arg-with-wildcard': takes('The value of an ARG is a wildcard', 'ARG what=*.txt', 'COPY src/$what /d/'),
  'arg-platform': takes(
    'Arguments that BuildKit sets',
    'ARG TARGETARCH',
    'COPY src/a${TARGETARCH:+1}.txt /d/',
  ),
  'arg-exclude': takes('--exclude is expanded', 'ARG no=*.md', 'COPY --exclude=$no src /d/'),
  'json-form': takes('JSON form', 'COPY ["names/two words.txt", "src/a1.txt", "/d/"]'),
  continued: takes(
    'Continuation lines with comments within',
    String.raw`COPY src/a1.txt \
  # a comment
  src/lib \

  src/b2.txt \
  /d/`,
  ),
  backtick: {
    ...takes('The directive escape makes the backtick continue a line'),
    dockerfile: '# escape=`\nFROM scratch\nCOPY src/a1.txt `\n  src/lib `\n  /d/\n',
  },
  'odd-case': takes(
    'Instructions in any case, with blanks',
    '  copy   src/a1.txt\tsrc/b2.txt   /d/',
    'aDd src/lib /e/',
  ),
  heredoc: takes(
    'A heredoc takes nothing, what stands beside it does',
    'COPY <<one src/a1.txt <<"two" /d/\nCOPY src/b2.txt /x\none\nADD src/lib /y\ntwo',
  ),
  'heredoc-expanded': takes(
    'A heredoc is expanded',
    'ARG v=1',
    'COPY <<EOF /d/file\n$v\nEOF',
    'COPY src/a1.txt /d/',
  ),
  crlf: {
    ...takes('Lines end as on Windows'),
    dockerfile: 'FROM scratch\r\nCOPY src/a1.txt \\\r\n  src/lib /d/\r\n',
  },
  'byte-order-mark': {
    ...takes('A byte order mark'),
    dockerfile: '\uFEFFFROM scratch\nCOPY src/a1.txt /d/\n',
  },
}
