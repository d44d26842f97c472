/**
 * Finds a NIC's MAC address in the XML that libvirt itself writes of a guest: `<interface ...> <mac address='M'/> ... <target dev='DEV'/> ...
 * </interface>`. libvirt writes attributes in single quotes, one element a line, and no comment inside a guest's devices.
 */
export function macInDomainXml(xml: string, device: string): string | undefined {
  for (const [, body = ''] of xml.matchAll(/<interface [^>]*>(.*?)<\/interface>/gs)) {
    if (/<target dev='([^']*)'/.exec(body)?.[1] !== device) continue;
    return /<mac address='([^']*)'/.exec(body)?.[1];
  }
  return undefined;
}
