// What a message needs below SOAP, as one module, so that all of it is made of the same classes.
export { basicContext } from '../lib/auth/plain/basic.js';
export { Deadline } from '../lib/base/deadline.js';
export { HttpTransport } from '../lib/transport/http-transport.js';
