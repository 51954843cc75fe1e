const ENUMERATION = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';
const EVENTING = 'http://schemas.xmlsoap.org/ws/2004/08/eventing';
const ADDRESSING = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';

/** A SubscribeResponse for pull delivery. */
export const subscriptionStart = `<e:SubscribeResponse xmlns:e="${EVENTING}" xmlns:n="${ENUMERATION}"><e:SubscriptionManager xmlns:a="${ADDRESSING}"><a:Address>http://server:5985/wsman</a:Address><a:ReferenceParameters><e:Identifier>uuid:1</e:Identifier></a:ReferenceParameters></e:SubscriptionManager><e:Expires>PT600S</e:Expires><n:EnumerationContext>ctx</n:EnumerationContext></e:SubscribeResponse>`;

/** What a Pull of it gives; `isLast`: the server ends the subscription. */
export function subscriptionPage(items: readonly string[], isLast = false): string {
  const end = isLast ? '<n:EndOfSequence/>' : '';
  return `<n:PullResponse xmlns:n="${ENUMERATION}"><n:EnumerationContext>ctx</n:EnumerationContext><n:Items>${items.join('')}</n:Items>${end}</n:PullResponse>`;
}
