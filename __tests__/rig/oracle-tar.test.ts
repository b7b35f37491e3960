import { expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listTar, makeTar } from './oracle-tar.js'

test('lists what another program packed, with long and odd names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-tar-'))
  try {
    const long = `${'long'.repeat(40)}é\n"x".txt`
    writeFileSync(join(folder, long), 'content')
    writeFileSync(join(folder, 'run'), '')
    chmodSync(join(folder, 'run'), 0o755)
    chmodSync(join(folder, long), 0o644)
    symlinkSync('nowhere/é', join(folder, 'link'))
    mkdirSync(join(folder, 'empty'))
    const options = ['--format=pax', '--owner=0', '--group=0', '--numeric-owner', '--mode=a+rX']
    const names = [long, 'run', 'link', 'empty']
    const archive = execFileSync('tar', ['-C', folder, ...options, '-cf', '-', ...names])
    const listing = listTar(archive)
    expect([...(listing?.keys() ?? [])]).toEqual([long, 'run', 'link', 'empty/'])
    expect(listing?.get(long)).toBe('file 644 0:0 sha256:ed7002b439e9ac845f22357d822bac14')
    expect(listing?.get('run')).toMatch(/^file 755 /)
    expect(listing?.get('link')).toMatch(/^link .* -> "nowhere\/é"$/)
    expect(listing?.get('empty/')).toMatch(/^folder /)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('times do not count', () => {
  const archive = makeTar({ 'a.txt': 'a' })
  const later = Buffer.from(archive)
  later.write('00000000777\0', 136)
  expect(listTar(later)).toEqual(listTar(archive))
})

test('an archive that ends too early has no listing', () => {
  const archive = makeTar({ 'a.txt': 'a', 'b.txt': 'b' })
  expect(listTar(archive)?.size).toBe(2)
  expect(listTar(archive.subarray(0, archive.length - 1024))).toBeUndefined()
  expect(listTar(archive.subarray(0, 700))).toBeUndefined()
  expect(listTar(Buffer.alloc(0))).toBeUndefined()
})
