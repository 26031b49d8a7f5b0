export default function Shards() {
  return null
}
