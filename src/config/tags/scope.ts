import type { Checked } from '../checked.js'
import { branchOf, gitTagOf, isDefaultBranch, shortCommit, type TagFacts } from './facts.js'
import type { Scope } from './template.js'

const TIMES: Scope<TagFacts>['times'] = {
  date: ({ now }) => ({ value: now }),
  commit_date: ({ commitDate }) =>
    commitDate === undefined
      ? { problem: 'the date of the commit is not known here; use `{{date …}}`' }
      : { value: commitDate },
}

/** What `type=schedule` takes in its pattern. */
export const SCHEDULE_SCOPE: Scope<TagFacts> = { texts: {}, times: TIMES }

/** metadata-action's "Global expressions": empty where the run is not of that kind. */
export const GLOBAL_SCOPE: Scope<TagFacts> = {
  texts: {
    branch: (facts) => ({ value: branchOf(facts) ?? '' }),
    tag: (facts) => ({ value: gitTagOf(facts) ?? '' }),
    sha: (facts) => ({ value: shortCommit(facts) }),
    base_ref: ({ baseRef }) => ({ value: baseRef ?? '' }),
    is_default_branch: (facts) => written(isDefaultBranch(facts), true),
    is_not_default_branch: (facts) => written(isDefaultBranch(facts), false),
  },
  times: TIMES,
}

function written(answer: Checked<boolean>, expected: boolean): Checked<string> {
  return 'problem' in answer ? answer : { value: String(answer.value === expected) }
}
