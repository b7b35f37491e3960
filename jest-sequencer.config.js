import sequencer from '@jest/test-sequencer'

// Its types are those of a CommonJS module, which it is not when imported.
const Sequencer = /** @type {typeof sequencer.default} */ (/** @type {unknown} */ (sequencer))

/** Folders whose tests take longest. */
const SLOW = ['integration/oracle', 'model-based', 'integration', 'workflows', 'rig']

/** The long tests first, so that none of them is what all wait for in the end; a fresh clone has no times to go by. */
export default class LongestFirst extends Sequencer {
  /**
   * @param {Parameters<InstanceType<typeof Sequencer>['sort']>[0]} tests
   * @override
   */
  async sort(tests) {
    const sorted = await super.sort(tests)
    return sorted.sort((a, b) => rank(a) - rank(b))
  }
}

/** @param {{ readonly path: string }} test */
function rank({ path }) {
  const at = SLOW.findIndex((folder) => path.includes(`/__tests__/${folder}/`))
  return at === -1 ? SLOW.length : at
}
