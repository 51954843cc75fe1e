import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Problem } from '../../bridge.js';
import { AgainButton, Notice, ProblemText } from './notice.js';
import { Ago } from './text.js';

/** `3 need attention – Pairs`. */
export function useTitle(screen: string, attention = 0): void {
  useEffect(() => {
    document.title = `${attention > 0 ? `${attention} need attention – ` : ''}${screen} – DHCP console`;
  }, [screen, attention]);
}

interface HeadProps {
  readonly title: ComponentChildren;
  readonly sub?: ComponentChildren;
  /** Where it belongs: the list that leads here. */
  readonly crumb?: { readonly title: string; readonly href: string };
  readonly children?: ComponentChildren;
}

export function Head({ title, sub, crumb, children }: HeadProps): JSX.Element {
  return (
    <div class="head">
      <div>
        {crumb ? (
          <p class="crumbs">
            <a href={crumb.href}>{crumb.title}</a> ›
          </p>
        ) : null}
        <h1>{title}</h1>
      </div>
      {children ? <div class="row">{children}</div> : null}
      {sub ? <p class="sub">{sub}</p> : null}
    </div>
  );
}

/** Why a list is empty, and the one thing to do about it. */
export function Empty({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <div class="empty">{children}</div>;
}

/** All failed the same way: one notice, and what was read before stays. */
export function OfflineNotice({
  problem,
  readAt,
  onRetry,
}: {
  readonly problem: Problem | null;
  readonly readAt: number | null;
  readonly onRetry: () => void;
}): JSX.Element | null {
  if (problem === null) return null;
  return (
    <Notice look="bad" role="status" action={<AgainButton onClick={onRetry} />}>
      <strong>This computer reaches none of the servers. Is the VPN connected?</strong> What is shown was read{' '}
      <Ago at={readAt} />. It is tried again every 30 seconds.
      <details>
        <summary>Details</summary>
        <ProblemText problem={problem} />
      </details>
    </Notice>
  );
}
