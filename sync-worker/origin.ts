/** Browsers let any page send to any address, and say only here which page it was. Other programs say nothing. */
export const isOwnPage = (request: Request): boolean => {
  const origin = request.headers.get('Origin')
  return origin === null || origin.replace(/^https?:\/\//, '') === new URL(request.url).host
}
