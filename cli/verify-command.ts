import { openBundle } from '#bundle/open-bundle.ts'
import { type BundleVerification, sentencesOf, verifyBundle } from '#bundle/verify-bundle.ts'
import { parsed, pathFrom } from './arguments.ts'
import { fileSource } from './file-source.ts'
import { countBytes, oneBundle } from './opened-bundle.ts'

/** Exit code 0: intact and complete; 1: it is not; 2: it cannot be read. Nothing is opened, so no passphrase is asked for. */
export const verifyCommand = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parsed(args, {
    json: { type: 'boolean', default: false },
    'server-key': { type: 'string', multiple: true },
    'device-key': { type: 'string', multiple: true },
  })
  const source = await fileSource(pathFrom(oneBundle(positionals)))
  const bundle = await openBundle(source)
  const believed = {
    ...(values['server-key'] === undefined ? {} : { serverKeys: values['server-key'] }),
    ...(values['device-key'] === undefined ? {} : { deviceKeys: values['device-key'] }),
  }
  const verification = await verifyBundle(source, bundle, believed, countBytes(source.size))
  const { storeId, serverKeys, deviceKeys } = { ...bundle.manifest, ...believed }
  const isSound = verification.isIntact && verification.isComplete
  if (values.json)
    console.log(
      JSON.stringify({
        file: source.name,
        storeId,
        serverKeys,
        deviceKeys,
        ...verification,
        sentences: sentencesOf(verification),
      }),
    )
  else console.log(reportOf(source.name, storeId, verification, believed.serverKeys === undefined, serverKeys))
  return isSound ? 0 : 1
}

const reportOf = (
  file: string,
  storeId: string,
  verification: BundleVerification,
  isServerKeyItsOwn: boolean,
  serverKeys: readonly string[],
): string => {
  const { isIntact, isComplete, events, attestedUpTo, foundLater, head, unsaid } = verification
  return [
    `${file}: the log of ${storeId}, ${events} events`,
    `  intact    ${isIntact ? 'yes: what is there is what was accepted' : 'NO'}`,
    `  complete  ${isComplete ? 'yes: nothing is missing that anybody attests' : 'NO'}`,
    `  attested  up to event ${attestedUpTo}`,
    ...(head === null ? [] : [`  ends      with event ${head.seq}, ${head.hash}`]),
    ...(foundLater === 0 ? [] : [`  ${foundLater} of the events were found later: nobody noted who sent them`]),
    ...serverKeys.map((key) => `  server    ${key}`),
    ...(isServerKeyItsOwn
      ? ['            as the bundle says. Ask the owner for the key of the server, and give it by --server-key.']
      : []),
    ...sentencesOf(verification).map((sentence) => `- ${sentence}`),
    ...(unsaid === 0 ? [] : [`- … and ${unsaid} more.`]),
  ].join('\n')
}
