import { AudioLines, FileText, Image, type LucideIcon, NotebookText, Video } from 'lucide-react'

/** The sign of what a file is, where there is no picture of it. */
export const KindIcon = ({ kind, size }: { readonly kind: string | undefined; readonly size: number }) => {
  const Icon = icons[kind ?? ''] ?? FileText
  return <Icon size={size} aria-hidden />
}

const icons: Readonly<Record<string, LucideIcon>> = { image: Image, audio: AudioLines, video: Video, pdf: NotebookText }
