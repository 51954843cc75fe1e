import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';

/** Copies a text; where the browser refuses, the text beside it is selected, to be copied by the keyboard. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }): JSX.Element {
  const [said, setSaid] = useState('');
  const button = useRef<HTMLButtonElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied.');
    } catch {
      const shown = button.current?.parentElement?.querySelector('code');
      if (shown) getSelection()?.selectAllChildren(shown);
      setSaid('Selected: copy it with Ctrl+C.');
    }
  };
  return (
    <>
      <button type="button" ref={button} onClick={() => void copy()}>
        Copy {what}
      </button>{' '}
      <span class="muted" role="status">
        {said}
      </span>
    </>
  );
}

/** The same in PowerShell, to copy. */
export function PowerShellLine({
  line,
  isOpen = false,
}: {
  readonly line: string;
  readonly isOpen?: boolean;
}): JSX.Element {
  return (
    <details open={isOpen}>
      <summary>The same in PowerShell</summary>
      <code class="code mono" data-line>
        {line}
      </code>
      <CopyButton text={line} what="line" />
    </details>
  );
}
