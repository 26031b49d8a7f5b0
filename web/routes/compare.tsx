import { CompareRoom } from '#web/features/compare/compare-room.tsx'

export default function Compare() {
  return <CompareRoom />
}
