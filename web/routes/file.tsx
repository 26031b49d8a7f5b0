import { LinkedFilePage } from '#web/features/linked-file/linked-file-page.tsx'

export default function File() {
  return <LinkedFilePage />
}
