import { ChevronRight, Folder, FolderOpen, Pencil, Trash2 } from "lucide-react";
import { type DragEvent, type KeyboardEvent, useState } from "react";
import { BookmarkForm } from "#components/library/bookmark-form.tsx";
import { PageRow, ROW_BUTTON } from "#components/library/page-row.tsx";
import { cx } from "#components/ui/class-names.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { BookmarkNode } from "#lib/core/library/bookmark.ts";
import { type DropZone, dropZone, type MoveDirection } from "#lib/core/library/bookmark-rows.ts";
import { shortAddress } from "#lib/core/omnibox/describe-address.ts";

interface BookmarkLineProps {
  node: BookmarkNode;
  depth: number;
  count: number;
  /** The folders it lies in, for a search's results. */
  path: string;
  isOpen: boolean;
  isEditing: boolean;
  isDragged: boolean;
  /** Something of this list is being dragged. */
  isDragging: boolean;
  onToggle: () => void;
  onEdit: (wanted: boolean) => void;
  onDelete: () => void;
  onStep: (direction: MoveDirection) => void;
  onDrag: (wanted: boolean) => void;
  onDrop: (zone: DropZone) => void;
  onClose: () => void;
}

const STEPS: Readonly<Record<string, MoveDirection>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowRight: "in",
  ArrowLeft: "out",
};
const ZONES: Readonly<Record<DropZone, string>> = {
  before: "shadow-[inset_0_2px_0_var(--accent)]",
  after: "shadow-[inset_0_-2px_0_var(--accent)]",
  inside: "bg-hover shadow-[inset_0_0_0_2px_var(--accent)]",
};

export function BookmarkLine(props: BookmarkLineProps) {
  const { node, depth, count, path, isOpen, isEditing, isDragged, isDragging } = props;
  const [zone, setZone] = useState<DropZone | null>(null);
  const indent = { paddingInlineStart: `${Math.min(depth, 8) * 20}px` };
  if (isEditing) {
    return (
      <li style={indent} data-bookmark={node.id}>
        <BookmarkForm node={node} onDone={() => props.onEdit(false)} />
      </li>
    );
  }
  const zoneOf = (event: DragEvent<HTMLElement>): DropZone => {
    const box = event.currentTarget.getBoundingClientRect();
    return dropZone((event.clientY - box.top) / box.height, node.kind === "folder");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = event.altKey ? STEPS[event.key] : undefined;
    if (direction) {
      event.preventDefault();
      event.stopPropagation();
      props.onStep(direction);
    } else if (event.key === "Delete") props.onDelete();
    else if (event.key === "F2") props.onEdit(true);
  };
  const buttons = (
    <>
      <IconButton label={`Edit ${node.title}`} className={ROW_BUTTON} onClick={() => props.onEdit(true)}>
        <Pencil aria-hidden className="size-4" />
      </IconButton>
      <IconButton label={`Delete ${node.title}`} className={ROW_BUTTON} onClick={props.onDelete}>
        <Trash2 aria-hidden className="size-4" />
      </IconButton>
    </>
  );
  return (
    <li
      style={indent}
      data-bookmark={node.id}
      draggable
      onKeyDown={onKeyDown}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData(
          node.kind === "link" ? "text/uri-list" : "text/plain",
          node.kind === "link" ? node.url : node.title,
        );
        props.onDrag(true);
      }}
      onDragEnd={() => props.onDrag(false)}
      onDragOver={(event) => {
        if (!isDragging || isDragged) return;
        event.preventDefault();
        setZone(zoneOf(event));
      }}
      onDragLeave={() => setZone(null)}
      onDrop={(event) => {
        setZone(null);
        if (!isDragging) return;
        event.preventDefault();
        event.stopPropagation();
        props.onDrop(zoneOf(event));
      }}
      className={cx("rounded-control", isDragged && "opacity-40", zone && ZONES[zone])}
    >
      {node.kind === "link" ? (
        <PageRow
          url={node.url}
          title={node.title}
          icon={node.icon}
          detail={[shortAddress(node.url), path && `in ${path}`].filter(Boolean).join(" · ")}
          onOpen={props.onClose}
        >
          {buttons}
        </PageRow>
      ) : (
        <div className="flex items-center gap-1 rounded-control hover:bg-hover">
          <button
            type="button"
            data-main
            aria-expanded={isOpen}
            onClick={props.onToggle}
            className="flex min-h-11 min-w-0 flex-1 items-center gap-2.5 rounded-control px-2 text-start text-sm font-medium"
          >
            <ChevronRight
              aria-hidden
              className={cx(
                "size-4 shrink-0 text-muted transition-transform",
                isOpen ? "rotate-90" : "rtl:rotate-180",
              )}
            />
            {isOpen ? (
              <FolderOpen aria-hidden className="size-4 shrink-0 text-muted" />
            ) : (
              <Folder aria-hidden className="size-4 shrink-0 text-muted" />
            )}
            <span className="min-w-0 truncate">{node.title}</span>
            <span className="text-xs font-normal text-muted tabular-nums">{count}</span>
          </button>
          {buttons}
        </div>
      )}
    </li>
  );
}
