export default function Personas() {
  return null
}
