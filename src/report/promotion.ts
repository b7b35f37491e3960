import type { Promotion, PromotionResult } from '../model/promotion.js'
import { fullName } from '../model/service.js'
import { markdownText } from './markdown-text.js'
import { durationText, failureText, shortDigest } from './view.js'
import { visible } from './visible.js'

/** The Action's outputs in mode `promote`, name to value. */
export function promotionOutputs({ promotions }: PromotionResult): ReadonlyMap<string, string> {
  const done = promotions.filter(({ failure }) => failure === undefined)
  const names = (some: readonly Promotion[]) => JSON.stringify(some.map(({ service }) => service.name))
  const map = (value: (promotion: Promotion) => string) =>
    JSON.stringify(Object.fromEntries(promotions.map((one) => [one.service.name, value(one)])))
  return new Map([
    ['changed', names(done.filter(({ moved }) => moved.length > 0))],
    ['rebuilt', '[]'],
    ['reused', names(done)],
    ['failed', names(promotions.filter(({ failure }) => failure !== undefined))],
    ['digests', map(({ digest }) => digest)],
    ['images', map(({ service, digest }) => `${fullName(service.image)}@${digest}`)],
    ['reasons', '{}'],
  ])
}

/** What `--json` prints. */
export function promotionDocument(result: PromotionResult): unknown {
  const images = result.promotions.map(({ service, from, digest, moved, failure }) => ({
    ...{ name: service.name, from, digest, moved },
    ...(failure && { error: failure.message }),
  }))
  return { version: 1, images, notices: result.notices }
}

export function promotionLines(result: PromotionResult): string[] {
  return [...result.promotions.map((one) => cells(one).join('  ')), summary(result)]
}

export function promotionMarkdown(result: PromotionResult): string {
  const rows = result.promotions.map((one) => `| ${cells(one).map(markdownText).join(' | ')} |`)
  const notices = result.notices.map(({ message }) => `\n> ${markdownText(visible(message))}\n`)
  const head = '| service | digest | from | tags |\n| --- | --- | --- | --- |'
  return [`## Images: ${summary(result)}\n`, head, ...rows, ...notices].join('\n') + '\n'
}

function cells({ service, from, digest, moved, failure }: Promotion): string[] {
  const tags = moved.length === 0 ? 'all tags are there' : `moved ${moved.join(', ')}`
  return [
    visible(service.name),
    shortDigest(digest),
    from,
    failure === undefined ? tags : failureText(failure),
  ]
}

function summary({ promotions, durationMs }: PromotionResult): string {
  const failed = promotions.filter(({ failure }) => failure !== undefined).length
  return `${promotions.length - failed} promoted, ${failed} failed in ${durationText(durationMs)}`
}
