/** Of what Guestward notes in a binding beside libvirt's own elements; libvirt leaves out what is of another namespace. */
export const bindingNamespace = 'https://guestward.org/xmlns/binding/1.0';
