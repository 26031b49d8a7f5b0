import { subscribeToPictures } from '#web/livestore/picture-notes.ts'
import classes from './latest-picture.module.css'
import { localPicture } from './local-bytes.ts'
import { useShown } from './use-attachment.ts'

interface LatestPictureProps {
  readonly personaId: string
  readonly attachmentId: string
}

/** The latest picture of a persona, as soon as this device has it: nothing is opened or fetched for it. */
export const LatestPicture = ({ personaId, attachmentId }: LatestPictureProps) => {
  const picture = useShown(attachmentId, (signal) => onceHere(personaId, attachmentId, signal))
  if (picture === undefined || picture instanceof Error) return null
  return <img className={classes.picture} src={picture.address} alt="" decoding="async" />
}

const onceHere = (personaId: string, attachmentId: string, signal: AbortSignal): Promise<Blob> =>
  new Promise((resolve, reject) => {
    const look = async () => {
      const found = await localPicture(personaId, attachmentId)
      if (found === undefined) return
      stop()
      resolve(found)
    }
    const stop = subscribeToPictures(() => void look().catch(reject))
    signal.addEventListener('abort', stop)
    look().catch(reject)
  })
