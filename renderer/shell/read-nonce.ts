/** The nonce that styles of this page must carry, from whoever served it; undefined where it was not served (a development server). */
export function readNonce(): string | undefined {
  const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';
  return nonce === '' || nonce.startsWith('%') ? undefined : nonce;
}
