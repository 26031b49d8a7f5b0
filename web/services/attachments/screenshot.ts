/** A picture of a screen, a window or a tab that the person chooses; undefined when he chose none. */
export const takeScreenshot = async (now: Date): Promise<File | Error | undefined> => {
  let shared: MediaStream
  try {
    shared = await navigator.mediaDevices.getDisplayMedia({ video: true })
  } catch (error) {
    const isLeft = error instanceof DOMException && error.name === 'NotAllowedError'
    return isLeft ? undefined : new Error('This browser could not show its screen. Paste a screenshot instead.')
  }
  try {
    const video = document.createElement('video')
    video.srcObject = shared
    video.muted = true
    await video.play()
    const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight)
    canvas.getContext('2d')?.drawImage(video, 0, 0)
    const picture = await canvas.convertToBlob({ type: 'image/png' })
    const when = now.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.')
    return new File([picture], `Screenshot ${when}.png`, { type: 'image/png' })
  } finally {
    for (const track of shared.getTracks()) track.stop()
  }
}
