import type { ChangeReason, Plan } from '../model/plan.js'
import type { Form } from './output-budget.js'

/** How many paths or names each reason keeps, from the whole form to the shortest. */
const DETAIL_LEVELS = [Infinity, 5, 1, 0]

/** The reasons of every image of the plan; what is not rebuilt has none. */
export function* reasonForms({ images }: Plan): Generator<Form> {
  for (const most of DETAIL_LEVELS) {
    let cut = 0
    const entries = images.map(({ service, decision }) => {
      const whole = decision.kind === 'rebuild' ? decision.reasons : []
      const reasons = whole.map((reason) => shortened(reason, most))
      cut += reasons.reduce((sum, one) => sum + (one.cut ?? 0), 0)
      return [service.name, reasons] as const
    })
    const text = JSON.stringify(Object.fromEntries(entries))
    yield cut === 0 ? { text } : { text, lacks: `without ${cut} paths and names` }
  }
}

/** The reason with at most so many paths or names; `cut` counts those left out here. */
function shortened(reason: ChangeReason, most: number): ChangeReason & { cut?: number } {
  switch (reason.kind) {
    case 'files': {
      const cut = (reason.paths?.length ?? 0) - most
      return cut > 0 ? { ...reason, paths: reason.paths?.slice(0, most) ?? [], cut } : reason
    }
    case 'untracked-input': {
      const cut = reason.paths.length - most
      return cut > 0 ? { ...reason, paths: reason.paths.slice(0, most), cut } : reason
    }
    case 'dockerfile': {
      const cut = (reason.lines?.length ?? 0) - most
      return cut > 0 ? { ...reason, lines: reason.lines?.slice(0, most) ?? [], cut } : reason
    }
    case 'build-args':
    case 'contexts':
    case 'options': {
      const cut = reason.names.length - most
      return cut > 0 ? { ...reason, names: reason.names.slice(0, most), cut } : reason
    }
    case 'no-record':
    case 'forced':
    case 'lockfile':
    case 'upstream':
    case 'format':
    case 'image-missing':
    case 'base':
    case 'expired':
    case 'unknown-range':
      return reason
  }
}
