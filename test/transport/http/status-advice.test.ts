import { describe, expect, it } from '@jest/globals';
import { excerptOf, isHtmlPage, isTemporaryStatus, statusHint } from '../../../lib/transport/http/status-advice.js';

describe('what a body says', () => {
  it.each([
    // As HTTP.sys writes it.
    [
      'text/html; charset=us-ascii',
      '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">\r\n<HTML><HEAD><TITLE>Service Unavailable</TITLE>\r\n<META HTTP-EQUIV="Content-Type" Content="text/html; charset=us-ascii"></HEAD>\r\n<BODY><h2>Service Unavailable</h2>\r\n<hr><p>HTTP Error 503. The service is unavailable.</p>\r\n</BODY></HTML>\r\n',
      'Service Unavailable HTTP Error 503. The service is unavailable.',
    ],
    ['text/html', '<title>Only a title</title>', 'Only a title'],
    ['text/html', '<p>a &lt;b&gt; &amp;amp; &quot;c&quot;&nbsp;d</p>', 'a <b> &amp; "c" d'],
    ['text/html', '<style>p { x }</style><script>if (a < b) {}</script><!-- no --><p>yes', 'yes'],
    ['text/html', '<script>never ends', ''],
    [undefined, '\uFEFF  <html><body>found out</body>', 'found out'],
    ['text/plain', '  two\r\n  lines ', 'two lines'],
    ['application/soap+xml', '<s:Envelope/>', '<s:Envelope/>'],
    ['text/plain', 'x'.repeat(300), `${'x'.repeat(200)}…`],
    ['text/plain', '', ''],
  ])('%s', (contentType, body, words) => {
    expect(excerptOf(Buffer.from(body), contentType)).toBe(words);
  });

  it('in UTF-16, too', () => {
    const page = Buffer.from('\uFEFF<html>Größe</html>', 'utf16le');
    expect(isHtmlPage(page, undefined)).toBe(true);
    expect(excerptOf(page, undefined)).toBe('Größe');
  });
});

it('tells the temporary statuses from the others', () => {
  expect([400, 403, 404, 500, 502, 503, 504].filter(isTemporaryStatus)).toEqual([502, 503, 504]);
  expect(statusHint(503)).toMatch(/stopped or overloaded/);
  expect(statusHint(418)).toMatch(/what answers/);
  expect(statusHint(500)).toMatch(/what answers/);
  // Network Optix's WinRM client notes it: "Error 500 with empty body; may be caused by the disabling of unencrypted traffic".
  expect(statusHint(500, true)).toMatch(/AllowUnencrypted.*https/);
});
