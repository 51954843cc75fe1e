import type { JSX } from 'preact';

interface FilterBoxProps {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly text: string;
  readonly onText: (text: string) => void;
}

export function FilterBox({ id, label, placeholder, text, onText }: FilterBoxProps): JSX.Element {
  return (
    <input
      id={id}
      class="search"
      type="search"
      aria-label={label}
      placeholder={placeholder}
      value={text}
      spellcheck={false}
      onInput={(event) => onText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && text !== '') {
          event.preventDefault();
          onText('');
        }
      }}
    />
  );
}
