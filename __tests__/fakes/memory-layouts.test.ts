import { describeImageLayouts } from '../contracts/image-layouts.js'
import { layoutDigest, MemoryLayouts } from './memory-layouts.js'

describeImageLayouts('the fake', () => {
  const layouts = new MemoryLayouts()
  return Promise.resolve({
    open: () => layouts,
    build: (place) => Promise.resolve(layoutDigest(place)),
    close: () => Promise.resolve(),
  })
})
