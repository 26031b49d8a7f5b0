import { mkdtemp, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { BundleParts } from '#bundle/gather-persona.ts'
import type { BundleAbout } from '#bundle/manifest.ts'
import { writeBundle } from '#bundle/write-bundle.ts'
import { Problem } from './problem.ts'

/**
 * Writes a bundle, whole or not at all. What is made on the way lies in a folder beside it, so that there is as much room,
 * and the last step is a change of name.
 */
export const writeBundleFile = async (
  out: string,
  partsIn: (folder: string) => Promise<BundleParts>,
): Promise<BundleAbout> => {
  const folder = await mkdtemp(join(dirname(out), `.${basename(out)}-`)).catch((error: unknown) => {
    throw new Problem(`“${out}” cannot be written: ${error instanceof Error ? error.message : String(error)}`)
  })
  try {
    const { about, contents } = await partsIn(folder)
    const file = await open(join(folder, 'bundle'), 'w')
    try {
      for await (const chunk of writeBundle(about, contents)) await file.write(chunk)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(join(folder, 'bundle'), out)
    return about
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
