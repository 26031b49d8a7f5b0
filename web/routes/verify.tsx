import { VerifyRoom } from '#web/features/verify/verify-room.tsx'

export default function Verify() {
  return <VerifyRoom />
}
