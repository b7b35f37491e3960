import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { filePath, folderPath } from '../../src/config/paths.js'

describe('a folder', () => {
  test.each([
    ['backend', 'backend'],
    ['./backend/', 'backend'],
    ['.', ''],
    ['./', ''],
    ['a//b/./c', 'a/b/c'],
    ['a/../b', 'b'],
    ['a/..', ''],
    ['with space', 'with space'],
    ['..a', '..a'],
  ])('%s is %j', (text, expected) => {
    expect(folderPath(text)).toEqual({ value: expected })
  })

  test.each([
    ['..', /outside the repository/],
    ['a/../../b', /outside the repository/],
    ['/etc', /outside the repository; write a path relative/],
    ['C:/x', /outside the repository/],
    ['a\\b', /write `\/` between folders/],
    ['a\u0000b', /control character/],
    ['a\nb', /line break/],
    ['a\u007fb', /control character/],
    ['a\u0080b', /control character/],
    ['c1\u009b31m', /control character/],
    ['https://github.com/a/b.git', /is an address/],
    ['git@github.com:a/b.git', /is an address/],
  ])('%j is refused', (text, problem) => {
    expect(folderPath(text)).toEqual({ problem: expect.stringMatching(problem) })
  })

  test('stays what it is once it is normal', () => {
    const parts = fc.array(fc.constantFrom('a', 'b.c', '.', '..', '', ' ', '-'), { maxLength: 8 })
    fc.assert(
      fc.property(parts, (parts) => {
        const once = folderPath(parts.join('/'))
        if ('problem' in once) return
        expect(once.value.split('/')).not.toContain('..')
        expect(folderPath(once.value === '' ? '.' : once.value)).toEqual(once)
      }),
    )
  })
})

test.each(['.', 'docker/', 'a/..'])('%s is a folder, not a file', (text) => {
  expect(filePath(text)).toEqual({ problem: expect.stringMatching(/is a folder; name a file in it/) })
})
