'use client';
import { FileText, Image, MapPin, Mic, Plus, UserRound } from 'lucide-react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuGroup, MenuItem } from '#components/ui/menu.tsx';
import { type Sample, samples } from './samples.ts';

/** One of each kind of attachment, ready to go. */
export function SampleMenu({ onChoose }: { onChoose: (sample: Sample) => void }) {
  return (
    <Menu
      side="top"
      trigger={
        <IconButton
          label="Send a photo, voice message, file, place or contact"
          icon={Plus}
          className="min-[900px]:mb-0.5"
        />
      }
    >
      <MenuGroup label="Send a sample">
        <MenuItem icon={Image} onClick={() => onChoose(samples.photo)}>
          Photo
        </MenuItem>
        <MenuItem icon={Mic} onClick={() => onChoose(samples.voice)}>
          Voice message
        </MenuItem>
        <MenuItem icon={FileText} onClick={() => onChoose(samples.file)}>
          File
        </MenuItem>
        <MenuItem icon={MapPin} onClick={() => onChoose(samples.place)}>
          Place
        </MenuItem>
        <MenuItem icon={UserRound} onClick={() => onChoose(samples.contact)}>
          Contact
        </MenuItem>
      </MenuGroup>
    </Menu>
  );
}
