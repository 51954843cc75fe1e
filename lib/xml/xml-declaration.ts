import { malformed } from './malformed.js';

// XMLDecl of XML 1.0 (2.8), fifth edition: any version 1.x is read as 1.0.
const DECLARATION =
  /^<\?xml\s+version\s*=\s*(?:"1\.\d+"|'1\.\d+')(?:\s+encoding\s*=\s*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>$/;

/** Refuses an XML declaration that is none. What encoding it names does not matter: the text was decoded before. */
export function checkXmlDeclaration(declaration: string): void {
  // The white space of a regular expression is more than that of XML.
  if (!DECLARATION.test(declaration) || /[^\t\n\r\x20-\x7E]/.test(declaration)) {
    throw malformed('the XML declaration is not one of version 1.0');
  }
}
