import { describe, expect, test } from '@jest/globals'
import { parseRule } from '../../../src/config/tags/rule.js'
import { messagesOf } from '../../fakes/images.js'

/** Whatever the run, so that a rule for releases is not first found wrong at the release. */
describe('a rule that cannot be understood', () => {
  test.each([
    ['type=pep440,pattern={{version}}', '`type=pep440` is not supported; use docker/metadata-action'],
    ['type=branch', '`type` must be sha, ref, raw, edge, schedule, semver or match'],
    ['type=semvr', 'did you mean `semver`?'],
    ['type=ref', '`event` must be branch, tag or pr'],
    ['type=ref,event=push', '`event` must be branch, tag or pr'],
    ['type=sha,format=lang', '`format` must be short or long; did you mean `long`?'],
    ['type=raw', 'it needs `value=`'],
    ['type=semver', 'it needs `pattern=`'],
    ['type=match', 'it needs `pattern=`'],
    ['type=sha,formt=long', '`formt` has no meaning here; it must be type, format,'],
    ['type=sha,formt=long', 'did you mean `format`?'],
    ['type=sha,value=x', '`value` has no meaning here'],
    ['type=sha,priority=high', '`priority` must be a whole number'],
    ['type=raw,a,b', '`value` is given twice; write one rule a line'],
    ['type=sha,', 'a field is empty; remove its comma'],
    ['type=raw,value=a"b', 'a field with a quote or comma in it stands in quotes'],
    ['type=raw,"value=a', 'a field with a quote or comma in it stands in quotes'],
    ['type=raw,"value=a"b', 'a field with a quote or comma in it stands in quotes'],
    ['a\nb', 'on one line'],
    ['ghcr.io/acme/app:v1', 'this names an image; write the tag alone'],
    ['ghcr.io/acme/app:{{sha}}', 'this names an image; write the tag alone'],
    ['{{brnch}}', '`value`: `{{brnch}}` is not known here; did you mean `{{branch}}`?'],
    ['{{#if branch}}x{{/if}}', '`{{#if branch}}` is not known here; use branch, tag,'],
    ['{{{branch}}}', '`{{{branch}}` is not known here'],
    ['{{branch', '`{{` is not closed by `}}`'],
    ['{{date}}', "write `{{date 'YYYYMMDD'}}`"],
    ['{{date YYYY}}', 'not `{{date YYYY}}`'],
    [`value={{date 'YYYY' zone='UTC'}}`, `not \`{{date 'YYYY' zone='UTC'}}\``],
    [`{{date 'dddd'}}`, '`value`: `dddd` is not supported in a date'],
    [`value={{date 'YYYY' tz='Nowhere'}}`, '`Nowhere` is not a time zone'],
    ['type=sha,prefix={{x}}', '`prefix`: `{{x}}` is not known here'],
    ['type=sha,suffix={{x}}', '`suffix`: `{{x}}` is not known here'],
    ['type=sha,enable={{x}}', '`enable`: `{{x}}` is not known here'],
    ['type=schedule,pattern={{branch}}', '`pattern`: `{{branch}}` is not known here; use date, commit_date'],
    ['type=semver,pattern={{branch}}', '`pattern`: `{{branch}}` is not known here; use raw, version, major'],
    ['type=semver,pattern={{toString}}', '`{{toString}}` is not known here'],
    ['type=semver,pattern={{raw}},match=v.*', '`match`: it has no group 1; put parentheses'],
    ['type=semver,pattern={{raw}},match=(', '`match`: Invalid regular expression'],
    ['type=match,pattern=(', '`pattern`: Invalid regular expression'],
    ['type=match,pattern=v(.*),group=2', '`pattern`: it has no group 2; put parentheses'],
    ['type=match,pattern=v(.*),group=-1', '`pattern`: it has no group -1'],
    ['type=match,pattern=v(.*),group=x', '`group` must be a whole number'],
    ['type=match,pattern=/v/g', '`pattern`: the flags `g` and `y` have no meaning here'],
  ])('%j', (rule, problem) => {
    expect(messagesOf(parseRule(rule)).join('\n')).toContain(`tags: rule \`${rule}\`: `)
    expect(messagesOf(parseRule(rule)).join('\n')).toContain(problem)
  })

  test('says all that is wrong with it', () => {
    expect(messagesOf(parseRule('type=sha,format=x,prefix={{y}},priority=z,event=pr'))).toHaveLength(4)
  })
})
