/** What Lit is given in place of the page's global scope: there it would leave names. A guest leaves nothing. */

const { ShadowRoot } = self;
const { trustedTypes } = self as { readonly trustedTypes?: unknown };

export const litPropertyMetadata = new WeakMap<object, unknown>();
export const scope = { ShadowRoot, trustedTypes, litPropertyMetadata };
