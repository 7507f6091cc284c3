"""From a Report to the texts of its pages; nothing here touches the disk."""
