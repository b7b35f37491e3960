import { textOf } from '../model/failure.js'
import { notify, type Run } from './job.js'

/** Removes from this Docker what runs made and nobody can name any more, if that was asked for; it never fails a run. */
export async function cleanUp(run: Run): Promise<void> {
  const { request, ports } = run
  if (request.cleanup === undefined || request.mode !== 'build') return
  const cleared = await ports.containers.clear()
  if (!cleared.ok) {
    const problem = textOf(cleared.failures)
    notify(run, { message: `What earlier runs left in Docker was not removed: ${problem}` })
    return
  }
  const { containers, reclaimed } = cleared.value
  const stopped = containers === 1 ? '1 stopped container' : `${containers} stopped containers`
  ports.host.progress(`Removed dangling images (${reclaimed}) and ${stopped}`)
}
