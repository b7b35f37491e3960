import fc from 'fast-check'

/** Property tests try the same values in every run; another seed tries others. */
fc.configureGlobal({ seed: 20_260_801 })

export default fc
