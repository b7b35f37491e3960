import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { fill, parseTemplate } from '../../src/config/interpolate.js'

function filled(text: string, variables: Record<string, string | undefined>) {
  const template = parseTemplate(text)
  return 'value' in template ? fill(template.value.parts, variables) : template
}

const VARIABLES = { NAME: 'api', EMPTY: '', NOTHING: undefined }

describe('a text with variables', () => {
  test.each([
    ['info', 'info'],
    ['', ''],
    ['${NAME}', 'api'],
    ['a-${NAME}-${NAME}', 'a-api-api'],
    ['${EMPTY}', ''],
    ['${NOTHING:-x y}', 'x y'],
    ['${EMPTY:-x}', 'x'],
    ['${NAME:-x}', 'api'],
    ['${NOTHING:-}', ''],
    ['${NOTHING:-$$5}', '$5'],
    ['$$', '$'],
    ['$${NAME}', '${NAME}'],
    ['$$${NAME}', '$api'],
    ['$NAME costs 5$', '$NAME costs 5$'],
    ['{"a":1}', '{"a":1}'],
  ])('%j becomes %j', (text, expected) => {
    expect(filled(text, VARIABLES)).toEqual({ value: expected })
  })

  test('names each variable that is missing once', () => {
    expect(filled('${A} ${NOTHING} ${A} ${constructor}', VARIABLES)).toEqual({
      missing: ['A', 'NOTHING', 'constructor'],
    })
  })

  test.each(['${', '${}', '${NAME', '${1A}', '${NAME-x}', '${NAME:?x}', '${A:-${B}}', '${ NAME }'])(
    '%s is refused with the forms that are understood',
    (text) => {
      expect(parseTemplate(text)).toEqual({
        problem: 'write ${NAME} or ${NAME:-default}, or $${ where `${` itself is meant',
      })
    },
  )

  test('tells which variables stand without braces', () => {
    expect(parseTemplate('$A $$B ${C} $1')).toMatchObject({ value: { unbraced: ['A'] } })
  })

  test('is any text at all once its $ are doubled', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(filled(text.replaceAll('$', '$$$$'), {})).toEqual({ value: text })
      }),
    )
  })
})
