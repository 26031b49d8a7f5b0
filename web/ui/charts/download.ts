import { saveBlob } from '#web/ui/save-blob.ts'

/** Hands the person a file with this text in it. */
export const downloadText = (fileName: string, type: string, text: string) =>
  saveBlob(new Blob([text], { type }), fileName)
