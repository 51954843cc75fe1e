import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Problem, Results } from '../../bridge.js';
import { useModel } from '../data/console-model.js';
import { counted } from '../data/format.js';
import { ask, problemFrom } from '../data/reading.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { Icon } from './icon.js';
import { ProblemNotice } from './notice.js';
import { data } from './text.js';

/** A pasted list of servers. What is no name stays in the field, with the reason under it. */
export function AddServers({
  onAdded,
  onCancel,
}: {
  readonly onAdded: () => void;
  readonly onCancel?: () => void;
}): JSX.Element {
  const model = useModel();
  const field = useRef<HTMLTextAreaElement>(null);
  const [refused, setRefused] = useState<Results['servers']['refused']>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const add = async (): Promise<void> => {
    const text = field.current?.value ?? '';
    setProblem(null);
    if (text.trim() === '') {
      setRefused([{ text: '', why: 'Name at least one server.' }]);
      return void field.current?.focus();
    }
    try {
      const result = await ask(model.bridge, 'servers', { add: text, remove: [] });
      setRefused(result.refused);
      if (result.refused.length === 0) {
        model.announce(`${counted(result.added.length, 'server')} added.`);
        return onAdded();
      }
      if (field.current) field.current.value = result.refused.map((one) => one.text).join('\n');
      field.current?.focus();
    } catch (error) {
      setProblem(problemFrom(error));
    }
  };
  return (
    <form
      class="field"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <label for="new-servers">Add your servers</label>
      <textarea
        id="new-servers"
        ref={field}
        rows={6}
        spellcheck={false}
        data-first=""
        aria-describedby="new-servers-hint new-servers-wrong"
        aria-invalid={refused.length > 0 ? 'true' : undefined}
        placeholder={'dhcp-a.contoso.com, dhcp-b.contoso.com'}
      />
      <span class="hint" id="new-servers-hint">
        Names or addresses, between them commas, spaces or line ends. What stands behind a # is the site.
      </span>
      <span id="new-servers-wrong">
        {refused.map(({ text, why }) => (
          <span class="wrong" key={text}>
            <Icon name="bad" />
            <span>
              {text === '' ? null : <>{data(text, 60)}: </>}
              {why}
            </span>
          </span>
        ))}
      </span>
      <ProblemNotice problem={problem} />
      <div class="row end">
        {onCancel === undefined ? null : <Button onClick={onCancel}>Cancel</Button>}
        <Button type="submit" look="primary">
          Add servers
        </Button>
      </div>
    </form>
  );
}

export function AddServersDialog({
  onClose,
  onAdded,
}: {
  readonly onClose: () => void;
  readonly onAdded: () => void;
}): JSX.Element {
  return (
    <Dialog title="Add servers" onClose={onClose} footer={null}>
      <AddServers onCancel={onClose} onAdded={onAdded} />
    </Dialog>
  );
}
